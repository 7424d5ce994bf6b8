/** Customers to be called. */
export {};
