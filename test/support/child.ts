import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const REGISTER = join(__dirname, 'register.cjs');

/** Arguments that make node run a TypeScript file of this repository. */
export const nodeArguments = (file: string, args: readonly string[]): string[] => [
  '-C',
  '@aftercare/source',
  '-r',
  REGISTER,
  file,
  ...args,
];

/** A process of its own that tells in lines what it did. */
export interface Child {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** What it wrote to stderr. */
  errors(): string;
  /** Resolves when it has written so many lines; rejects when it ends before. */
  said(count: number): Promise<void>;
  /** Resolves with its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** Starts `file` (TypeScript) as a child process; `under` puts another program in front, such as strace. */
export const startChild = (file: string, args: readonly string[], under: readonly string[] = []): Child => {
  const [program, ...before] = [...under, process.execPath];
  const child = spawn(program, [...before, ...nodeArguments(file, args)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let errors = '';
  const waiting = new Set<() => void>();
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    waiting.forEach((check) => check());
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const said = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (lines.length < count) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
      void ended.then((code) => reject(new Error(`ended with ${code} after ${lines.length} lines: ${errors}`)));
    });
  return { process: child, lines, errors: () => errors, said, ended };
};
