/** A fault as customers tell it and as engineers find it. */
export interface Fault {
  readonly words: readonly string[];
  readonly faultCode: string;
  readonly cause: string;
  readonly remedy: string;
  readonly part?: { readonly partNo: string; readonly cost: number };
  /** How often among the faults of its product. */
  readonly weight: number;
}

export interface ProductLine {
  readonly category: string;
  readonly skills: readonly string[];
  readonly models: readonly string[];
  readonly faults: readonly Fault[];
  readonly enquiries: readonly string[];
  readonly missing: readonly { readonly words: string; readonly partNo: string }[];
}

/** The product lines of an invented manufacturer; categories and fault codes are those of the shipped catalogue. */
export const productLines: readonly ProductLine[] = [
  {
    category: 'air-conditioner',
    skills: ['refrigeration'],
    models: ['KFR-35GW', 'KFR-50LW', 'KFR-26GW'],
    faults: [
      {
        words: ['空调不制冷了,外机在转就是不凉', '开了一下午屋里还是三十多度,不制冷', '空调吹出来的是热风'],
        faultCode: 'AC-REFRIGERANT-LEAK',
        cause: 'refrigerant-leak',
        remedy: 'leak-sealed-recharged',
        part: { partNo: 'R32-500G', cost: 9_800 },
        weight: 5,
      },
      {
        words: ['空调外机嗡嗡响不启动', '外机不转,内机有风不凉'],
        faultCode: 'AC-CAPACITOR',
        cause: 'capacitor-worn',
        remedy: 'capacitor-replaced',
        part: { partNo: 'CAP-35UF', cost: 2_600 },
        weight: 3,
      },
      {
        words: ['空调一直往下滴水,地板都泡了', '内机漏水'],
        faultCode: 'AC-DRAIN-BLOCKED',
        cause: 'drain-blocked',
        remedy: 'drain-cleaned',
        weight: 2,
      },
      {
        words: ['空调一开就跳闸,闻到糊味', '开空调冒火花了,吓得我赶紧拔了电'],
        faultCode: 'EL-MAIN-BOARD',
        cause: 'board-burnt',
        remedy: 'board-replaced',
        part: { partNo: 'PCB-AC-35', cost: 31_000 },
        weight: 1,
      },
    ],
    enquiries: ['空调滤网多久洗一次?', '请问怎么设置定时关机', '想问下整机保修几年'],
    missing: [{ words: '新买的空调箱子里没有遥控器', partNo: 'RC-AC-01' }],
  },
  {
    category: 'washing-machine',
    skills: ['appliance'],
    models: ['XQG100', 'XQB90'],
    faults: [
      {
        words: ['洗衣机脱水的时候咚咚响,整个机器乱跑', '甩干声音特别大'],
        faultCode: 'WM-BEARING',
        cause: 'damper-worn',
        remedy: 'damper-replaced',
        part: { partNo: 'DAMPER-90', cost: 6_400 },
        weight: 4,
      },
      {
        words: ['洗衣机不排水,显示E2', '水排不出去,衣服泡在里面'],
        faultCode: 'WM-DRAIN-PUMP',
        cause: 'pump-blocked',
        remedy: 'pump-replaced',
        part: { partNo: 'PUMP-WM-02', cost: 7_200 },
        weight: 4,
      },
      {
        words: ['洗衣机漏电,摸着麻手', '碰到洗衣机外壳电了我一下'],
        faultCode: 'EL-INSULATION',
        cause: 'insulation-damaged',
        remedy: 'harness-replaced',
        part: { partNo: 'HARNESS-WM', cost: 8_800 },
        weight: 1,
      },
    ],
    enquiries: ['怎么清洗内筒', '羊毛程序能洗羽绒服吗'],
    missing: [{ words: '洗衣机收到了,少了进水管', partNo: 'HOSE-IN-15' }],
  },
  {
    category: 'water-heater',
    skills: ['appliance', 'gas'],
    models: ['JSQ30', 'JSQ25'],
    faults: [
      {
        words: ['热水器打不着火', '燃气热水器点火没反应,洗不了澡'],
        faultCode: 'GS-IGNITION',
        cause: 'igniter-failed',
        remedy: 'igniter-replaced',
        part: { partNo: 'IGN-JSQ', cost: 5_500 },
        weight: 4,
      },
      {
        words: ['热水忽冷忽热的,没法洗', '水温不稳定'],
        faultCode: 'EL-SENSOR',
        cause: 'valve-drift',
        remedy: 'valve-replaced',
        part: { partNo: 'VALVE-P25', cost: 12_800 },
        weight: 3,
      },
      {
        words: ['洗澡的时候闻到煤气味,头晕', '热水器旁边有燃气味,不敢用了'],
        faultCode: 'GS-VALVE-LEAK',
        cause: 'seal-aged',
        remedy: 'seal-replaced',
        part: { partNo: 'SEAL-GH', cost: 1_900 },
        weight: 1,
      },
    ],
    enquiries: ['热水器冬天不用要放水吗', '请问零冷水怎么开'],
    missing: [{ words: '热水器包装里面缺配件,没有烟管弯头', partNo: 'FLUE-BEND' }],
  },
  {
    category: 'printer',
    skills: ['office'],
    models: ['LP-2100', 'LP-3300C'],
    faults: [
      {
        words: ['打印机老是卡纸', '打几张就卡一次,办公室都等着用'],
        faultCode: 'PR-JAM',
        cause: 'roller-dirty',
        remedy: 'roller-cleaned',
        weight: 4,
      },
      {
        words: ['打出来的字一擦就掉', '打印的粉不牢,一摸一手黑'],
        faultCode: 'PR-FUSER',
        cause: 'fuser-worn',
        remedy: 'fuser-replaced',
        part: { partNo: 'FUSER-33', cost: 42_000 },
        weight: 3,
      },
      {
        words: ['打印机后面冒烟了,已经拔电源', '打印机一开机就有烧焦的味道'],
        faultCode: 'EL-POWER-BOARD',
        cause: 'board-burnt',
        remedy: 'board-replaced',
        part: { partNo: 'PSU-LP', cost: 18_500 },
        weight: 1,
      },
    ],
    enquiries: ['打印机怎么设置双面打印?', '硒鼓能打多少张'],
    missing: [{ words: '打印机箱子里少了一根电源线', partNo: 'CORD-C13' }],
  },
];

/** Six-digit GB/T 2260 codes of districts that the outlets serve. */
export const regions = ['310104', '310115', '320505', '330106', '330108'] as const;

export const returnWords = [
  '买了三天就坏了,我要退货',
  '颜色发错了,想换一台',
  '用了一周不合适,申请退款',
  '收到就有划痕,要求换货',
] as const;

export const unclearWords = ['你好在吗', '我上次那个事情怎么说了', '帮我看一下'] as const;

export const conductWords = ['你们师傅态度太差了,还跟我吵,我要投诉', '上门的人问我要红包,不给就不修,投诉他'] as const;
