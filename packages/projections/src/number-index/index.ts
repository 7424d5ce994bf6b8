/** Ticket number to stream. */
export {};
