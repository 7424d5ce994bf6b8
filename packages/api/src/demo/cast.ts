import type { Role } from '@aftercare/domain';
import type { DemoCustomer, DemoWorld } from './demo-world';
import { HttpPerson, type Conversation } from './http-person';
import { productLines, regions } from './product-lines';
import type { Chance } from './seeded-random';

/** Makes a token for one role; the demo's people are opaque ids, their names are invented. */
export type IssueToken = (id: string, role: Role) => Promise<string>;

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'.split('');

/** Sets the stage over HTTP: staff, engineers with skills and regions, an outlet, customers with their units. */
export const castOf = async (
  base: string,
  issue: IssueToken,
  chance: Chance,
  listening: Omit<Conversation, 'next'> = {},
): Promise<DemoWorld> => {
  const conversation = { next: 0, ...listening };
  const person = async (id: string, role: Role) => new HttpPerson(base, await issue(id, role), id, conversation);
  const supervisor = await person('staff-supervisor-1', 'supervisor');
  const agent = await person('staff-agent-1', 'agent');
  const field = new Map<string, HttpPerson>();
  for (let index = 0; index < 10; index += 1) {
    const id = await engineer(supervisor, index);
    field.set(id, await person(id, 'engineer'));
  }
  const customers: DemoCustomer[] = [];
  for (let index = 0; index < 180; index += 1) customers.push(await customer(agent, chance, index));
  return {
    chance,
    agent,
    supervisor,
    expert: await person('staff-expert-1', 'expert'),
    warehouse: await person('staff-warehouse-1', 'warehouse'),
    crm: await person('staff-crm-1', 'crm'),
    quality: await person('staff-quality-1', 'quality'),
    manager: await person('staff-manager-1', 'manager'),
    hr: await person('staff-hr-1', 'hr'),
    channel: await person('channel-wechat', 'channel'),
    nobody: new HttpPerson(base, undefined, 'customer', conversation),
    field,
    customers,
    tickets: [],
  };
};

const engineer = async (supervisor: HttpPerson, index: number): Promise<string> => {
  const lines = productLines.filter((_, line) => (line + index) % 2 === 0 || index > 6);
  const answer = await supervisor.post('/engineers', {
    name: `${surnames[index] ?? '张'}师傅`,
    phone: `139000000${String(index).padStart(2, '0')}`,
    skills: [...new Set(lines.flatMap((line) => line.skills))],
    categories: lines.map((line) => line.category),
    regions: index % 3 === 0 ? ['31', '32', '33'] : [regions[index % regions.length]?.slice(0, 4), '31'],
    capacity: 6,
  });
  return answer.body['id'] as string;
};

const customer = async (agent: HttpPerson, chance: Chance, index: number): Promise<DemoCustomer> => {
  const region = chance.pick(regions);
  const vip = chance.happens(0.12);
  const answer = await agent.post('/customers', {
    tier: vip ? 'vip' : 'normal',
    region,
    name: `${chance.pick(surnames)}${chance.pick(['女士', '先生'])}`,
    phone: `1380000${String(index).padStart(4, '0')}`,
    address: `示例路${index + 1}号`,
  });
  const id = answer.body['id'] as string;
  const units: DemoCustomer['units'][number][] = [];
  for (let unit = 0; unit < chance.whole(1, 2); unit += 1) {
    const line = chance.pick(productLines);
    const model = chance.pick(line.models);
    const serial = `SN${String(index).padStart(4, '0')}${unit}`;
    const registered = await agent.post('/product-units', {
      category: line.category,
      model,
      serial,
      batch: `B26${String(chance.whole(1, 12)).padStart(2, '0')}`,
      soldOn: `${chance.pick(['2024', '2025', '2026'])}-0${chance.whole(1, 6)}-1${chance.whole(0, 9)}`,
    });
    units.push({ line, model, unitId: registered.body['id'] as string, serial });
  }
  return { id, vip, region, units };
};
