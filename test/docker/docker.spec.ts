import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '@aftercare/api';
import { systemClock } from '@aftercare/event-store';
import { World } from '../e2e/support/world';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const compose = read('docker/compose.yaml');

jest.setTimeout(60_000);

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

describe('what docker/ promises', () => {
  it('asks for metrics that a process has, in every panel of the dashboard', async () => {
    const world = await World.start({ clock: systemClock() });
    const ops = await world.app.openOps(0, '127.0.0.1');
    try {
      await fetch(`${ops.address}/readyz`);
      await world.nobody().get('/healthz');
      const text = await (await fetch(`${ops.address}/metrics`)).text();
      const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
      const { panels } = JSON.parse(read('docker/grafana/dashboards/aftercare.json')) as Dashboard;
      for (const { title, targets } of panels)
        for (const { expr } of targets) {
          const asked = [...expr.matchAll(/\b(?:aftercare|nodejs|process)_\w+/g)].map(([name]) => name);
          const unknown = asked.filter((name) => !known.has(name.replace(/_(count|bucket|sum)$/, '')));
          expect({ title, asked: asked.length > 0, unknown }).toEqual({ title, asked: true, unknown: [] });
        }
    } finally {
      await ops.close();
      await world.stop();
    }
  });

  it('pins every image by an exact version', () => {
    const images = [...compose.matchAll(/^ {2,4}image: (\S+)$/gm)].map(([, image]) => image);
    const bases = [...read('docker/Dockerfile').matchAll(/^FROM (\S+:\S+)/gm)].map(([, image]) => image);
    expect(images.length).toBe(6);
    for (const image of [...images, ...bases]) expect(image).toMatch(/:v?\d+\.\d+\.\d+|:\d+\.\d+-|:17\.\d+/);
  });

  it('tries in CI the servers that it packs', () => {
    const tried = [...read('.github/workflows/ci.yml').matchAll(/^ +image: (\S+)$/gm)].map(([, image]) => image!);
    expect(new Set(tried).size).toBe(3);
    for (const image of tried) expect(compose).toContain(`image: ${image}\n`);
  });

  it('sets no variable that a process does not know', () => {
    const known = new Set(SETTINGS.flatMap(({ name }) => [name, `${name}_FILE`]));
    const block = /x-environment: &environment\n([\s\S]*?)\n\n/.exec(compose)?.[1] ?? '';
    const image = [...read('docker/Dockerfile').matchAll(/^(?:ENV| {3}) ([A-Z_]+)=/gm)].map(([, name]) => name!);
    const set = [...block.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
    expect(set.length).toBeGreaterThan(10);
    expect([...set, ...image].filter((name) => !known.has(name) && name !== 'NODE_ENV')).toEqual([]);
  });

  it('keeps secrets out of the repository and out of the image', () => {
    expect(read('.gitignore')).toMatch(/^docker\/secrets\/$/m);
    const [everything, ...exceptions] = read('.dockerignore')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(everything).toBe('**');
    expect(exceptions.filter((line) => /docker|data|secret/.test(line))).toEqual([]);
    expect(compose).not.toMatch(/password: \S|PASSWORD: \S|[0-9a-f]{32}/i);
  });

  it('uses the Node and pnpm that the project names', () => {
    const { packageManager } = JSON.parse(read('package.json')) as { packageManager: string };
    const used = [...read('docker/Dockerfile').matchAll(/pnpm@[\d.]+/g)].map(([name]) => name);
    expect(new Set(used)).toEqual(new Set([packageManager]));
  });
});
