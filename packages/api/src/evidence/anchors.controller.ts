import { part, problemsIn, text } from '@aftercare/domain';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { SigningKeyError, type AnchorEntry, type KeyEntry } from '@aftercare/event-store';
import { PLATFORM, type Platform } from '../composition/platform';
import { invalid } from '../http/problem';

/** The state of the anchors, for whoever wants to compare fingerprints or see how new the last one is. */
export interface AnchorState {
  readonly keys: readonly KeyEntry[];
  readonly newest?: AnchorEntry;
  /** Events newer than the last anchor. */
  readonly notAnchored: number;
}

const REPLACEMENT = part({ lost: text(64) });

@Controller()
export class AnchorsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  /** Public keys, the first one first, and the newest anchor. */
  @Get('/anchors')
  @RouteConfig({ access: { roles: ['auditor', 'manager', 'operator'] } })
  async state(): Promise<AnchorState> {
    return anchorState(this.platform.anchoring.anchors);
  }

  /** Anchors everything that is stored now. */
  @Post('/admin/anchors')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  take(): Promise<AnchorEntry> {
    return this.platform.anchoring.take();
  }

  /** A new key, signed in by the old one, which is gone afterwards. */
  @Post('/admin/anchor-keys')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  rotate(): Promise<KeyEntry> {
    return this.platform.anchoring.rotate();
  }

  /** A new key in place of one that is lost, named by its fingerprint: it signs itself in, and `verify` says so. */
  @Post('/admin/anchor-key-replacements')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  async replace(@Body() body: unknown): Promise<KeyEntry> {
    const problems = problemsIn(REPLACEMENT, body ?? {});
    if (problems.length > 0) throw invalid(problems);
    try {
      return await this.platform.anchoring.replaceKey((body as { lost: string }).lost);
    } catch (error) {
      if (error instanceof SigningKeyError) throw invalid([{ pointer: '/lost', message: error.message }]);
      throw error;
    }
  }
}

export const anchorState = async (anchors: Platform['anchoring']['anchors']): Promise<AnchorState> => {
  await anchors.follow();
  const newest = await anchors.newest();
  return {
    keys: await anchors.keys(),
    ...(newest ? { newest } : {}),
    notAnchored: await anchors.pending(),
  };
};
