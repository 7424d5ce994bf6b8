import { uuidv5 } from '../codec/uuid-v5';

const PREFIX = 'anchor-';

/** The one stream in which a lineage keeps its keys and anchors; a copy of the store has the same. */
export const anchorStream = (lineageId: string): string => `${PREFIX}${uuidv5(`anchors ${lineageId}`)}`;

/** Anchors are not anchored themselves: each names the one before it and is signed. */
export const isAnchorStream = (stream: string): boolean => stream.startsWith(PREFIX);
