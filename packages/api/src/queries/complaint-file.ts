import type { ComplaintEvent, Instant, Recorded, Registry, Role, Text } from '@aftercare/domain';
import { EntryWriter, type HistoryEntry } from '../audit/history-entry';
import type { Streams } from '../streams/streams';

/** CMP-15: the chapters of a complaint's file 投诉档案, in the order in which they are read. */
const chapterLabels = {
  registration: { zh: '登记', en: 'registration' },
  evidence: { zh: '证据', en: 'evidence' },
  severity: { zh: '分级', en: 'severity' },
  verification: { zh: '核查', en: 'verification' },
  responsibility: { zh: '责任认定', en: 'responsibility' },
  plan: { zh: '处理方案', en: 'plan' },
  execution: { zh: '执行', en: 'execution' },
  communication: { zh: '沟通', en: 'communication' },
  verdict: { zh: '客户意见', en: 'verdict' },
  ending: { zh: '结案', en: 'ending' },
  lessons: { zh: '总结', en: 'lessons' },
  handling: { zh: '经办', en: 'handling' },
} as const satisfies Record<string, Text>;
type Chapter = keyof typeof chapterLabels;

/** Every event belongs to one chapter: nothing of the stream is missing in the file. */
const CHAPTER_OF: Readonly<Record<ComplaintEvent['type'], Chapter>> = {
  'complaint.ComplaintRegistered': 'registration',
  'complaint.SubjectIdentified': 'registration',
  'complaint.ComplaintClassified': 'registration',
  'complaint.ExternalReferenceAdded': 'registration',
  'complaint.ExternalReplySent': 'registration',
  'complaint.ExternalDecisionReceived': 'registration',
  'complaint.LegalHoldPlaced': 'registration',
  'complaint.LegalHoldLifted': 'registration',
  'complaint.EvidenceAttached': 'evidence',
  'complaint.SeverityAssessed': 'severity',
  'complaint.SeverityLoweringProposed': 'severity',
  'complaint.SeverityLoweringRejected': 'severity',
  'complaint.InformationRequested': 'verification',
  'complaint.InformationReceived': 'verification',
  'complaint.InformationRequestWithdrawn': 'verification',
  'complaint.ComplaintVerified': 'verification',
  'complaint.ContainmentTaken': 'verification',
  'complaint.ResponsibilityProposed': 'responsibility',
  'complaint.ResponsibilityProposalRejected': 'responsibility',
  'complaint.ResponsibilityConfirmed': 'responsibility',
  'complaint.ResponsibilityUndetermined': 'responsibility',
  'complaint.ResponsibilityNotified': 'responsibility',
  'complaint.ResponsibilityAppealed': 'responsibility',
  'complaint.AppealDecided': 'responsibility',
  'complaint.ResponsibilityBecameFinal': 'responsibility',
  'complaint.ResolutionPlanProposed': 'plan',
  'complaint.ResolutionPlanRejected': 'plan',
  'complaint.ReviewMeetingHeld': 'plan',
  'complaint.ResolutionPlanApproved': 'plan',
  'complaint.PlanStarted': 'execution',
  'complaint.ReworkTicketOpened': 'execution',
  'complaint.ReworkTicketFailed': 'execution',
  'complaint.PlanStepCompleted': 'execution',
  'complaint.PlanStepReopened': 'execution',
  'complaint.ComplaintAcknowledged': 'communication',
  'complaint.ComplainantContacted': 'communication',
  'complaint.ProgressCommunicated': 'communication',
  'complaint.CommitmentGiven': 'communication',
  'complaint.CommitmentKept': 'communication',
  'complaint.OutcomeCommunicated': 'communication',
  'complaint.VerdictRecorded': 'verdict',
  'complaint.SecondHandlingOpened': 'verdict',
  'complaint.ComplaintEscalated': 'verdict',
  'complaint.DismissalCommunicated': 'ending',
  'complaint.DismissalAppealed': 'ending',
  'complaint.ComplaintWithdrawn': 'ending',
  'complaint.InternalHandlingEnded': 'ending',
  'complaint.ComplaintClosed': 'ending',
  'complaint.ComplaintReopened': 'ending',
  'complaint.LessonsRecorded': 'lessons',
  'complaint.HandlerAssigned': 'handling',
  'complaint.HandlerReleased': 'handling',
  'complaint.ControlPointReminded': 'handling',
  'complaint.ControlPointMissed': 'handling',
  'complaint.NoteAdded': 'handling',
};

export interface FileEntry {
  readonly eventId: string;
  readonly revision: number;
  readonly type: string;
  readonly says: Text;
  readonly by: HistoryEntry['by'];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly data: unknown;
  /** Masked. */
  readonly personal?: Readonly<Record<string, unknown>>;
  readonly erased?: boolean;
  readonly staffWithheld?: boolean;
}

export interface FileChapter {
  readonly chapter: Chapter;
  readonly name: Text;
  readonly entries: readonly FileEntry[];
}

/**
 * The file of a complaint, from its stream: every event once, by chapter and in order; empty chapters are shown, so that
 * what is missing shows. Personal fields are masked; whom responsibility names is for the entitled circle only (DEC-09).
 */
export const complaintFile = async (
  {
    streams,
    registry,
    config,
  }: {
    readonly streams: Pick<Streams, 'openAll'>;
    readonly registry: Registry;
    readonly config: { readonly zone: string };
  },
  events: readonly Recorded<ComplaintEvent>[],
  reader: Role,
): Promise<readonly FileChapter[]> => {
  const writer = new EntryWriter(registry, events, reader, config.zone);
  const opened = await streams.openAll(events);
  const entries = opened.map((event) => {
    const { eventId, revision, type, says, by, occurredAt, recordedAt, data, personal, erased, staffWithheld } =
      writer.entry(event);
    const entry: FileEntry = {
      eventId,
      revision,
      type,
      says,
      by,
      occurredAt,
      recordedAt,
      data,
      ...(personal && { personal }),
      ...(erased && { erased }),
      ...(staffWithheld && { staffWithheld }),
    };
    return [CHAPTER_OF[type as ComplaintEvent['type']], entry] as const;
  });
  return (Object.keys(chapterLabels) as Chapter[]).map((chapter) => ({
    chapter,
    name: chapterLabels[chapter],
    entries: entries.flatMap(([at, entry]) => (at === chapter ? [entry] : [])),
  }));
};
