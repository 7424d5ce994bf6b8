/** Routes that are not rows of a table: health, tracking, unmasking. */
interface OpenRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const pathParameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const json = (example: unknown) => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object' }, example } },
});
const ok = { '200': { description: 'OK' } };
const guarded = { security: [{ bearer: [] }] };

export const openRoutes: readonly OpenRoute[] = [
  { method: 'get', path: '/healthz', tags: ['operations'], summary: '存活检查 · the process is alive', responses: ok },
  {
    method: 'get',
    path: '/readyz',
    tags: ['operations'],
    summary: '就绪检查 · it can append and read; lag and ClickHouse as degraded fields',
    responses: { ...ok, '503': { description: 'Not ready' } },
  },
  {
    method: 'get',
    path: '/metrics',
    tags: ['operations'],
    summary: 'Prometheus metrics · role operator',
    responses: ok,
    ...guarded,
  },
  {
    method: 'post',
    path: '/track',
    tags: ['tracking'],
    summary: '客户凭工单号和手机后四位查询进度 · progress by number and last four digits of the phone',
    description: 'Without a token, rate-limited.',
    requestBody: json({ number: '202611001', lastFour: '0000' }),
    responses: { ...ok, '404': { description: 'No such ticket, or other digits' }, '429': { description: 'Too many' } },
  },
  {
    method: 'get',
    path: '/track/:token',
    tags: ['tracking'],
    summary: '查询链接 · progress by tracking link',
    parameters: [pathParameter('token')],
    responses: { ...ok, '404': { description: 'Unknown, expired or revoked' } },
  },
  ...(
    [
      ['confirm-resolution', '确认已解决 · confirm the resolution', {}],
      [
        'reject-resolution',
        '反馈未解决 · say that it is not solved',
        { reason: 'fault-still-there', words: '还是不制冷' },
      ],
      ['accept-solution', '同意方案 · accept the solution', {}],
      ['decline-solution', '不同意方案 · decline the solution', { reason: 'price' }],
    ] as const
  ).map(([verdict, summary, example]) => ({
    method: 'post' as const,
    path: `/track/:token/${verdict}`,
    tags: ['tracking'],
    summary,
    parameters: [pathParameter('token')],
    requestBody: json(example),
    responses: { ...ok, '409': { description: 'A refusal' } },
  })),
  {
    method: 'post',
    path: '/tickets/:id/unmask',
    tags: ['tickets'],
    summary: '查看未脱敏信息(需说明理由并登记) · show personal fields, for a reason that is recorded',
    parameters: [pathParameter('id')],
    requestBody: json({ reason: '联系客户预约上门', fields: ['contactPhone', 'address'] }),
    responses: { ...ok, '503': { description: 'Could not be recorded: nothing is shown' } },
    ...guarded,
  },
  ...(
    [
      ['tickets', '工单附件', 'an attachment of a ticket', 'kind', 'about'],
      ['complaints', '投诉证据', 'evidence of a complaint', 'kind', 'from'],
    ] as const
  ).flatMap(([collection, zh, en, ...names]) => [
    {
      method: 'post' as const,
      path: `/${collection}/:id/attachments`,
      tags: [collection],
      summary: `上传${zh} · ${en}: photo, PDF or Word, at most 20 MB`,
      description:
        'The body is the content itself, of any content type: its kind is told by its bytes. Idempotency-Key is required. A description goes into the header Attachment-Description, percent-encoded UTF-8.',
      parameters: [pathParameter('id'), ...names.map((name) => ({ ...pathParameter(name), in: 'query' }))],
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: {
        '201': { description: 'Stored, with the event that names it' },
        '413': { description: 'Too large' },
        '415': { description: 'None of the kinds that are taken' },
      },
      ...guarded,
    },
    {
      method: 'get' as const,
      path: `/${collection}/:id/attachments`,
      tags: [collection],
      summary: `${zh}列表 · what is attached, with digests`,
      parameters: [pathParameter('id')],
      responses: ok,
      ...guarded,
    },
    {
      method: 'get' as const,
      path: `/${collection}/:id/attachments/:attachmentId`,
      tags: [collection],
      summary: `下载${zh} · the content; the look at it is recorded`,
      parameters: [pathParameter('id'), pathParameter('attachmentId')],
      responses: { ...ok, '410': { description: 'The person was forgotten' } },
      ...guarded,
    },
  ]),
  {
    method: 'post',
    path: '/admin/consumers/:name/resume',
    tags: ['operations'],
    summary: '恢复已暂停的读模型 · replay a paused consumer',
    parameters: [pathParameter('name')],
    responses: ok,
    ...guarded,
  },
  ...(
    [
      ['/tickets/:id/export', 'tickets', '导出工单案卷 · a ticket with all that is linked to it'],
      ['/complaints/:id/export', 'complaints', '导出投诉案卷 · a complaint with all that is linked to it'],
      ['/cases/:id/export', 'audit', '导出案件 · a case, by its complaint or its ticket'],
    ] as const
  ).map(([path, tag, summary]) => ({
    method: 'post' as const,
    path,
    tags: [tag],
    summary: `${summary}, as a ZIP that proves itself`,
    description:
      'Roles: auditor, manager. Recorded in the access log with the reason. `disclose`: `all` (everybody but staff) or subjects; otherwise personal parts stay sealed. `withholdPersonal` leaves them out.',
    parameters: [pathParameter('id')],
    requestBody: json({ reason: '法院调取', disclose: ['all'] }),
    responses: { ...ok, '503': { description: 'Could not be recorded: nothing is exported' } },
    ...guarded,
  })),
  {
    method: 'post',
    path: '/cases/:id/file',
    tags: ['audit'],
    summary: '一键应诉:案件卷宗 PDF · the file of a case as PDF in Chinese, by its complaint or its ticket',
    description:
      'Cover with the hash of each stream, timeline, what the customer was told, responsibility, plan, control points, signed service reports, photographs. Personal fields are masked; `unmask` (roles auditor, manager) shows them, signatures and photographs. Recorded in the access log with the reason.',
    parameters: [pathParameter('id')],
    requestBody: json({ reason: '法院调取', unmask: true }),
    responses: {
      ...ok,
      '403': { description: 'Unmasking is for auditor and manager' },
      '503': { description: 'Could not be recorded: nothing is handed over' },
    },
    ...guarded,
  },
  {
    method: 'get',
    path: '/anchors',
    tags: ['audit'],
    summary: '存证公钥与最新锚点 · public keys, the newest anchor, and how many events are newer',
    responses: ok,
    ...guarded,
  },
  {
    method: 'post',
    path: '/admin/anchors',
    tags: ['operations'],
    summary: '立即固定锚点 · anchors everything that is stored now',
    responses: ok,
    ...guarded,
  },
  {
    method: 'post',
    path: '/admin/anchor-keys',
    tags: ['operations'],
    summary: '更换签名密钥 · a new signing key, signed in by the old one',
    responses: ok,
    ...guarded,
  },
];
