import { inTime, trouble } from './servers';

describe('what is asked of a server for readiness', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it('is given up after two seconds, when the server stands still with its connections open', async () => {
    const start = performance.now();
    expect(await trouble(never)).toBe('no answer in time');
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(await inTime(never, (why) => [why])).toEqual(['no answer in time']);
  });

  it('tells a failure by kind and code, never by a message, which may hold an address with a password', async () => {
    const refused = Object.assign(new Error('postgres://user:geheim@host'), { code: 'ECONNREFUSED' });
    expect(await trouble(() => Promise.reject(refused))).toBe('Error ECONNREFUSED');
  });

  it('is what was answered otherwise', async () => {
    expect(await trouble(() => Promise.resolve(7))).toBeUndefined();
    expect(await inTime(() => Promise.resolve(7), String)).toBe(7);
  });
});
