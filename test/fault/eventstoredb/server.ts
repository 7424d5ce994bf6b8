import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/**
 * An EventStoreDB that a test may kill: `ESDB_START` is a program that runs it in the foreground, durable, on the
 * address of `ESDB_START_URL`, where nothing runs yet. Nothing of the server is part of this repository.
 */
export const serverToKill = (): { readonly url: string; readonly program: string } | undefined => {
  const { ESDB_START_URL: url, ESDB_START: program } = process.env;
  return url === undefined || program === undefined ? undefined : { url, program };
};

export class KillableServer {
  #process: ChildProcess | undefined;

  constructor(private readonly from: { readonly url: string; readonly program: string }) {}

  /** Starts it and waits until it is live. Throws when another server has its address: it would outlive every kill. */
  async start(): Promise<void> {
    if (await this.#answers()) throw new Error('the address of the server to kill is taken by another one');
    this.#process = spawn(this.from.program, [], { stdio: 'ignore' });
    for (let tries = 0; tries < 240; tries += 1) {
      if (await this.#answers()) return;
      await setTimeout(250);
    }
    throw new Error('the server did not become live within a minute');
  }

  #answers(): Promise<boolean> {
    const { host } = new URL(this.from.url.replace('esdb:', 'http:'));
    return fetch(`http://${host}/health/live`).then(
      (answer) => answer.status === 204,
      () => false,
    );
  }

  /** kill -9, and waits until it is gone. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }

  /** Resolves when it has ended by itself. */
  async ended(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    await new Promise((resolve) => running.once('exit', resolve));
  }

  /** Stands still for `ms`, connections open. */
  async freeze(ms: number): Promise<void> {
    this.#process?.kill('SIGSTOP');
    await setTimeout(ms);
    this.#process?.kill('SIGCONT');
  }
}
