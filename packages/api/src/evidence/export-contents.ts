import type { RecordedEvent } from '@aftercare/domain';
import type { ExportedEvent, ExportProof } from '@aftercare/event-store';
import type { Platform } from '../composition/platform';

/** What the file holds, before it is packed. */
export interface ExportContents {
  /** Number of the leading ticket or complaint, or its id. */
  readonly title: string;
  /** Stream of the matter. */
  readonly leading: string;
  readonly madeAt: string;
  /** Each stream's events in their order. */
  readonly lines: readonly ExportedEvent[];
  readonly proof: ExportProof;
  /** In order of recording, personal parts opened where they are disclosed. */
  readonly history: readonly RecordedEvent[];
  /** Subjects that can be read. */
  readonly disclosed: readonly string[];
  readonly withheld: boolean;
}

/** What an export is made of; the command line has it without a server too. */
export type ExportSources = Pick<
  Platform,
  'stores' | 'streams' | 'codec' | 'registry' | 'clock' | 'accessLog' | 'anchoring' | 'config'
>;
