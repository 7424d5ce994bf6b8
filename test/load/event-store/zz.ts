import { openSqliteStore, systemClock, verifyStore } from '@aftercare/event-store';
import { SampleWriter } from '@aftercare/event-store/testing';
import { existsSync } from 'node:fs';
import { fill } from './bench-events';
(async () => {
  const path = '/tmp/mb/fill8.db';
  const N = 60000;
  const fresh = !existsSync(path);
  const s = openSqliteStore({ path, clock: systemClock() });
  if (fresh) await fill(s, N);
  const { codec } = new SampleWriter(s);
  const best = async (n: string, f: () => any, R = 9) => {
    const a: number[] = [];
    for (let i = 0; i < R; i++) {
      const c = process.cpuUsage();
      const t = performance.now();
      await f();
      const u = process.cpuUsage(c);
      a.push((u.user + u.system) / N);
    }
    a.sort((x, y) => x - y);
    console.log(n.padEnd(40), a[0]!.toFixed(2), a[R >> 1]!.toFixed(2), 'us cpu/event');
  };
  for (const size of [250, 500, 1000]) {
    await best('sub ' + size, async () => {
      for await (const p of s.subscribe({ pageSize: size, signal: new AbortController().signal })) {
        if (p.caughtUp) break;
      }
    });
    await best('sub+decode ' + size, async () => {
      for await (const p of s.subscribe({ pageSize: size, signal: new AbortController().signal })) {
        for (const e of p.events) codec.decode(e);
        if (p.caughtUp) break;
      }
    });
    await best('verify ' + size, async () => {
      await verifyStore(s, { pageSize: size });
    });
  }
  let parse: number[] = [];
  for (let i = 0; i < 5; i++) {
    let us = 0;
    for await (const p of s.subscribe({ pageSize: 1000, signal: new AbortController().signal })) {
      const c = process.cpuUsage();
      for (const e of p.events) {
        JSON.parse(e.data);
        JSON.parse(e.metadata);
      }
      const u = process.cpuUsage(c);
      us += u.user + u.system;
      if (p.caughtUp) break;
    }
    parse.push(us / N);
  }
  console.log('parse per page', parse.map((x) => x.toFixed(2)).join(' '));
  await s.close();
})();
