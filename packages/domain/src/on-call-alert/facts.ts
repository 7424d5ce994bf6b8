/** What calls and acknowledgements use from elsewhere; the API gathers it per attempt from the site's roster stream. */
export interface OnCallFacts {
  /** Revision of the roster's stream that was read; absent: the site has no roster. */
  readonly rosterRevision?: number;
  /** The shift in force now; absent: nobody is on call. */
  readonly onCall?:
    | {
        readonly shift: string;
        /** Staff ids in the order in which they are called. */
        readonly people: readonly string[];
      }
    | undefined;
}
