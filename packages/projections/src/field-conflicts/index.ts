/** Open field conflicts. */
export {};
