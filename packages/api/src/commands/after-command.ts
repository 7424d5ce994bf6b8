import type { Platform } from '../composition/platform';
import { signTracking } from '../auth/tracking-token';
import type { CommandAnswer } from './command-answer';

/**
 * What an answer holds besides what was recorded. A tracking link's token is made from the recorded link each time: it
 * is a secret, so it stands neither in the log nor in an event.
 */
export const withSecrets = (
  type: string,
  answer: CommandAnswer,
  platform: Platform,
): CommandAnswer & { readonly token?: string; readonly url?: string } => {
  if (type !== 'ticket.IssueTrackingLink') return answer;
  const link = answer.events[0]?.data as { linkId: string; expiresAt: string } | undefined;
  if (!link) return answer;
  const token = signTracking({ ticketId: answer.id, ...link }, platform.stores.trackingKey);
  return { ...answer, token, url: `${platform.config.publicUrl}/track/${token}` };
};
