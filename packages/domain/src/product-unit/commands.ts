import {
  dateTime,
  defineCommand,
  flag,
  id,
  label,
  localDate,
  optional,
  text,
  type CommandsOf,
  type Role,
} from '../kernel/index';

const staff = ['agent', 'counter', 'expert', 'supervisor', 'warehouse'] as const satisfies readonly Role[];

const dates = {
  batch: optional(label()),
  soldOn: optional(localDate()),
  installedOn: optional(localDate()),
  producedOn: optional(localDate()),
};

export const productUnitCommands = {
  /** The id of the stream is uuidv5(category, model, serial in NFKC upper case), random without a serial: the edge makes it. */
  RegisterProductUnit: defineCommand('product_unit.RegisterProductUnit', {
    kind: 'creates',
    roles: [...staff, 'channel', 'engineer', 'outlet'],
    says: { zh: '登记产品', en: 'register a product unit' },
    data: { category: label(), model: label(), serial: optional(label()), ...dates },
    example: { category: 'air-conditioner', model: 'KFR-35GW', serial: 'SN0001', soldOn: '2026-05-01' },
  }),
  CorrectProductUnitDetails: defineCommand('product_unit.CorrectProductUnitDetails', {
    kind: 'intent',
    roles: [...staff, 'engineer', 'outlet'],
    says: { zh: '更正产品资料', en: "correct a unit's details" },
    data: { ...dates, reason: text(500) },
    example: { soldOn: '2026-05-02', reason: '发票日期与登记不符' },
  }),
  DetermineWarrantyStart: defineCommand('product_unit.DetermineWarrantyStart', {
    kind: 'seen-state',
    roles: [...staff, 'system'],
    says: { zh: '确定保修起始日', en: 'determine the warranty start from the dates on record' },
    data: {},
    example: {},
  }),
  RecordRepair: defineCommand('product_unit.RecordRepair', {
    kind: 'intent',
    roles: ['system'],
    internal: true,
    says: { zh: '记录产品维修', en: 'record a repair of the unit' },
    data: {
      ticketId: id(),
      workOrderId: id(),
      from: dateTime(),
      to: dateTime(),
      counts: flag(),
      faultCode: optional(label()),
    },
    example: {
      ticketId: '7c9e6679-0000-4000-8000-000000000001',
      workOrderId: '7c9e6679-0000-4000-8000-000000000002',
      from: '2026-11-22T09:00:00+08:00',
      to: '2026-11-22T11:00:00+08:00',
      counts: true,
      faultCode: 'AC-REFRIGERANT-LEAK',
    },
  }),
} as const;
export type ProductUnitCommand = CommandsOf<typeof productUnitCommands>;
