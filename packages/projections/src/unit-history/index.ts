/** What happened to a product unit. */
export {};
