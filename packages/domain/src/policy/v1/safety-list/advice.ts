import type { SafetyPolicy } from '../../bodies';

/** What the customer should be told at once; the entry without phrases is for hazards that no other entry knows. */
export const advice: SafetyPolicy['advice'] = [
  {
    phrases: [
      '燃气',
      '煤气',
      '天然气',
      '瓦斯',
      '液化气',
      '石油气',
      '一氧化碳',
      '漏气',
      '头晕',
      '胸闷',
      '熏',
      '灶',
      '壁挂炉',
      '臭鸡蛋',
    ],
    zh: '请立即关闭燃气总阀，打开门窗，人员离开到室外；不要开关任何电器、不要用明火，到室外后再打电话给燃气公司抢修。有人头晕恶心请拨打120。',
    en: 'Close the main gas valve, open doors and windows and leave the building. Switch nothing electric on or off, use no flame, and call the gas emergency service from outside. If anybody feels dizzy or sick, call an ambulance.',
  },
  {
    phrases: ['着火', '起火', '冒烟', '烟', '火苗', '烧', '焦', '糊味', '煳', '火花'],
    zh: '请在确保安全的前提下切断电源，停止使用并远离产品；电器起火不要用水泼。火势无法控制请立即离开并拨打119。',
    en: 'If it is safe, cut the power, stop using the product and keep away from it. Never throw water on burning electrics. If the fire spreads, leave and call the fire brigade.',
  },
  {
    phrases: [
      '漏电',
      '触电',
      '麻手',
      '手麻',
      '发麻',
      '电到',
      '跳闸',
      '跳电',
      '空开',
      '漏保',
      '带电',
      '短路',
      '插座',
      '插头',
    ],
    zh: '请不要再触碰产品，先拉下总闸或断路器，再拔插头；检查之前不要重新送电。有人触电请先断电再施救，并拨打120。',
    en: 'Do not touch the product. Switch off at the breaker first, then unplug it, and leave it off until it has been checked. If somebody got a shock, cut the power before helping and call an ambulance.',
  },
  {
    phrases: ['鼓包', '膨胀', '鼓起', '电池', '充电宝', '行动电源', '电瓶', '漏液'],
    zh: '请停止使用和充电，不要按压、刺破或拆开电池，把产品放在远离可燃物的通风处。',
    en: 'Stop using and charging it. Do not press, pierce or open the battery; put the product in an airy place away from anything that burns.',
  },
  {
    phrases: ['烫伤', '烫到', '水泡', '烧伤', '流血', '受伤', '割', '夹', '砸', '扎'],
    zh: '请停止使用产品。烫伤请用流动冷水冲洗15分钟以上；伤势严重请立即就医或拨打120。',
    en: 'Stop using the product. Cool burns under running water for at least 15 minutes; with a serious injury see a doctor or call an ambulance.',
  },
  {
    phrases: ['急停', '防护罩', '光栅', '光幕', '刹车', '机床', '叉车', '砂轮', '安全门', '联锁'],
    zh: '请立即停机，断电、断气并挂牌上锁，人员离开危险区域；检查完成之前不要再启动设备。',
    en: 'Stop the machine, isolate power and air, lock and tag it and keep people out of the danger zone. Do not start it again before it has been checked.',
  },
  {
    phrases: [],
    zh: '请停止使用产品，在安全的前提下断开电源和气源，让老人和小孩远离，等待我们与您联系。',
    en: 'Stop using the product, disconnect power and gas if that is safe, keep children and elderly people away, and wait for our call.',
  },
];
