/** Customers by hashes of phone and name. */
export {};
