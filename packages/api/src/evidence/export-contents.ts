import type { RecordedEvent } from '@aftercare/domain';
import type { Disclosure, ExportProof, StoredEvent } from '@aftercare/event-store';
import type { Platform } from '../composition/platform';

/** Both sides of a stream's events; personal parts are sealed. */
export interface KeptStream {
  readonly stored: readonly StoredEvent[];
  readonly events: readonly RecordedEvent[];
}

/** What the file holds, before it is packed. */
export interface ExportContents {
  /** Number of the leading ticket or complaint, or its id. */
  readonly title: string;
  /** Stream of the matter. */
  readonly leading: string;
  readonly madeAt: string;
  /** Each stream's events in their order, the bytes as stored beside what they mean. */
  readonly kept: readonly KeptStream[];
  readonly proof: ExportProof;
  /** All of them in order of recording. */
  readonly history: readonly RecordedEvent[];
  readonly disclosure: Disclosure;
  /** Subjects that can be read. */
  readonly disclosed: readonly string[];
}

/** What an export is made of; the command line has it without a server too. */
export type ExportSources = Pick<
  Platform,
  'stores' | 'streams' | 'codec' | 'registry' | 'clock' | 'accessLog' | 'anchoring' | 'config'
>;
