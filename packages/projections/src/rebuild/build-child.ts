import { reasonOf } from '../consumer/index';
import { BuildFile } from '../sql/sqlite/build-file';
import type { BuildJob, BuildMessage } from './build-job';
import { buildRows } from './build-rows';
import type { BuildSourceModule } from './build-source';

/** Entry of the child process that builds one table into a file of its own; the parent sends one job. */
const PROGRESS_EVERY = 10_000;

const say = (message: BuildMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

const build = async (job: BuildJob): Promise<void> => {
  const opener = (await import(job.source.module)) as BuildSourceModule;
  const loaded = performance.now();
  const source = await opener.openBuildSource(job.source.options);
  const model = source.models.find((one) => one.projector.name === job.model);
  if (!model) throw new Error('the source of this build has no such read model');
  const target = new BuildFile(job.file, model);
  let told = 0;
  try {
    const position = await buildRows({
      model,
      target,
      store: source.store,
      decode: source.decode,
      ...(job.pageSize === undefined ? {} : { pageSize: job.pageSize }),
      onProgress: (progress) => {
        if (progress.done - told < PROGRESS_EVERY) return;
        told = progress.done;
        void say({ kind: 'progress', ...progress });
      },
    });
    target.close();
    await source.close();
    const millis = performance.now() - loaded;
    const peakKilobytes = process.resourceUsage().maxRSS;
    await say({ kind: 'built', position: position ?? null, peakKilobytes, millis });
  } catch (error) {
    target.close();
    throw error;
  }
};

process.once('message', (job: BuildJob) => {
  build(job)
    .catch((error: unknown) => say({ kind: 'failed', reason: reasonOf(error) }))
    .finally(() => process.disconnect());
});
// A parent that is gone wants no table any more.
process.on('disconnect', () => process.exit());
