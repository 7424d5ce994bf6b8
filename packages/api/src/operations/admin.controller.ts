import { part, problemsIn, text } from '@aftercare/domain';
import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { BackupTargetError, writeBackup } from '../composition/backup';
import { PLATFORM, type Platform } from '../composition/platform';
import { askWorker, findWorker } from './workers';
import { invalid, notFound, problem } from '../http/problem';

const backupBody = part({ directory: text(1_000) });

/** What the command line asks of a running process, which alone may write to the files. */
@Controller('/admin')
export class AdminController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  /** Replays a paused consumer from the event it stopped at. */
  @Post('/consumers/:name/resume')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  async resume(@Param('name') name: string, @Req() request: FastifyRequest): Promise<unknown> {
    await this.mustKnow(name);
    return this.whereTheWorkIs(request, () => Promise.resolve({ resumed: this.platform.reading.resume(name) }));
  }

  /** Builds a read model beside the one that answers and switches; answers when that is done. */
  @Post('/read-models/:name/rebuild')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  async rebuild(@Param('name') name: string, @Req() request: FastifyRequest): Promise<unknown> {
    await this.mustKnow(name);
    return this.whereTheWorkIs(request, async () => {
      await this.platform.reading.rebuild(name);
      return { rebuilt: name };
    });
  }

  /** Copies views, events and keys into a directory of this machine while serving goes on. */
  @Post('/backup')
  @HttpCode(200)
  @RouteConfig({ access: { roles: ['operator'] } })
  async backup(@Req() request: FastifyRequest): Promise<{ directory: string }> {
    const body = (request.body ?? {}) as { directory: string };
    const problems = problemsIn(backupBody, body);
    if (problems.length > 0) throw invalid(problems);
    const { stores, clock, reading, config } = this.platform;
    const { backup } = reading;
    if (!stores.files || !backup) throw notFound();
    try {
      await writeBackup(body.directory, {
        ...stores.files,
        views: { backup },
        attachments: config.attachmentDir,
        clock,
      });
    } catch (error) {
      if (error instanceof BackupTargetError) throw invalid([{ pointer: '/directory', message: error.message }]);
      throw error;
    }
    return { directory: body.directory };
  }

  /** Here, or by the worker that has the work, with the token that came along. */
  private async whereTheWorkIs(request: FastifyRequest, here: () => Promise<unknown>): Promise<unknown> {
    if (this.platform.reading.working()) return here();
    const { authorization = '' } = request.headers;
    const worker = await findWorker(this.platform.config.workerUrls);
    if (worker === undefined) throw problem('SERVICE.NO_WORKER');
    const { status, body } = await askWorker(worker, { method: 'POST', path: request.url, authorization });
    if (status !== 200) throw problem('SERVICE.NO_WORKER', { details: { worker: status } });
    return body;
  }

  private async mustKnow(name: string): Promise<void> {
    if (!(await this.platform.reading.status()).some((consumer) => consumer.name === name)) throw notFound();
  }
}
