import type { CataloguePolicy } from '../bodies';

type FaultCode = CataloguePolicy['faultCodes'][number];

const group = (name: string, ...rows: readonly (readonly [code: string, zh: string, en: string])[]): FaultCode[] =>
  rows.map(([code, zh, en]) => ({ code, group: name, zh, en }));

/** Fault codes by group: DEC-12 counts them, DEC-11's variant "same fault" compares groups. */
export const faultCodesV1: readonly FaultCode[] = [
  ...group(
    'cooling',
    ['AC-REFRIGERANT-LEAK', '制冷剂泄漏', 'refrigerant leak'],
    ['AC-COMPRESSOR', '压缩机故障', 'compressor failure'],
    ['AC-CAPACITOR', '电容损坏', 'capacitor failed'],
    ['AC-FAN-MOTOR', '风机电机故障', 'fan motor failure'],
    ['AC-FILTER-BLOCKED', '过滤网脏堵', 'filter blocked'],
    ['FR-THERMOSTAT', '冰箱温控器故障', 'refrigerator thermostat failure'],
    ['FR-DOOR-SEAL', '冰箱门封老化', 'refrigerator door seal worn'],
    ['FR-DEFROST', '化霜系统故障', 'defrost system failure'],
  ),
  ...group(
    'water',
    ['AC-DRAIN-BLOCKED', '排水管堵塞', 'drain pipe blocked'],
    ['WM-DRAIN-PUMP', '排水泵故障', 'drain pump failure'],
    ['WM-INLET-VALVE', '进水阀故障', 'inlet valve failure'],
    ['WM-DOOR-SEAL-LEAK', '门封漏水', 'door seal leaking'],
    ['WH-TANK-LEAK', '内胆漏水', 'tank leaking'],
  ),
  ...group(
    'mechanical',
    ['WM-BEARING', '轴承磨损', 'bearing worn'],
    ['WM-BELT', '皮带断裂', 'belt broken'],
    ['RH-IMPELLER', '叶轮松动', 'impeller loose'],
    ['PR-ROLLER', '搓纸轮磨损', 'pick-up roller worn'],
    ['CM-AIR-END', '主机磨损', 'air end worn'],
    ['CN-SPINDLE', '主轴异常', 'spindle fault'],
  ),
  ...group(
    'electrical',
    ['EL-POWER-BOARD', '电源板故障', 'power board failure'],
    ['EL-MAIN-BOARD', '主板故障', 'main board failure'],
    ['EL-INSULATION', '绝缘损坏漏电', 'insulation failure, leakage current'],
    ['EL-WIRING', '线路接触不良', 'bad contact in the wiring'],
    ['EL-SENSOR', '传感器故障', 'sensor failure'],
    ['IN-IGBT', '变频器模块损坏', 'inverter power module failed'],
  ),
  ...group(
    'heating',
    ['WH-HEATING-ELEMENT', '加热管烧坏', 'heating element burnt out'],
    ['WH-SCALE', '水垢过多', 'scale build-up'],
    ['WH-MAGNESIUM-ROD', '镁棒耗尽', 'magnesium rod used up'],
  ),
  ...group(
    'gas',
    ['GS-IGNITION', '点火器故障', 'igniter failure'],
    ['GS-VALVE-LEAK', '燃气阀泄漏', 'gas valve leaking'],
    ['GS-FLAME-SENSOR', '熄火保护失效', 'flame failure device failed'],
    ['GS-FLUE', '排烟不畅', 'flue obstructed'],
  ),
  ...group(
    'display',
    ['TV-PANEL', '屏幕损坏', 'panel damaged'],
    ['TV-BACKLIGHT', '背光故障', 'backlight failure'],
    ['PH-SCREEN', '手机屏幕破裂', 'phone screen cracked'],
  ),
  ...group(
    'battery',
    ['PH-BATTERY-SWOLLEN', '电池鼓包', 'battery swollen'],
    ['PH-BATTERY-WORN', '电池老化', 'battery worn'],
    ['PH-CHARGE-PORT', '充电口损坏', 'charging port damaged'],
  ),
  ...group('storage', ['PC-DISK', '硬盘故障', 'disk failure'], ['PC-MEMORY', '内存故障', 'memory failure']),
  ...group(
    'printing',
    ['PR-FUSER', '定影组件故障', 'fuser failure'],
    ['PR-DRUM', '硒鼓耗尽或损坏', 'drum used up or damaged'],
    ['PR-JAM', '反复卡纸', 'repeated paper jams'],
  ),
  ...group(
    'pneumatic',
    ['CM-OIL-LEAK', '漏油', 'oil leak'],
    ['CM-PRESSURE-LOW', '压力不足', 'pressure too low'],
    ['CM-OVERHEAT', '高温停机', 'stopped by overheating'],
  ),
  ...group(
    'software',
    ['SW-FUNCTION', '功能错误', 'function fails'],
    ['SW-DATA', '数据不一致', 'data inconsistent'],
    ['SW-DATABASE', '数据库损坏', 'database damaged'],
    ['SW-SETTING', '设置不当', 'wrong setting'],
    ['SW-NETWORK', '网络问题', 'network problem'],
    ['SW-FIRMWARE', '固件缺陷', 'firmware defect'],
  ),
  ...group(
    'no-fault',
    ['NF-USE', '使用不当', 'misuse'],
    ['NF-ENVIRONMENT', '使用环境不符', 'unsuitable environment'],
    ['NF-NONE', '未发现故障', 'no fault found'],
  ),
];
