type Names = readonly [string, ...string[]];

/** Split by blank space, so that a list of names reads as one. */
const list = (text: string): Names => text.trim().split(/\s+/) as unknown as Names;
const lines = (text: string): Names => text.trim().split(/\s*\n\s*/) as unknown as Names;

export const englishFirst =
  list(`Alice Amira Anna Ben Callum Charlotte Chloe Daniel David Eleanor Elena Emma Ethan Fatima Felix George Grace Hannah Harry Helen
  Imran Isla Jack James Jonas Julian Kate Laura Leo Lucy Marcus Maria Martin Maya Mia Nadia Nathan Nora Oliver Olivia Omar Oscar Paul Petra Rachel Robert Rosa Ruth Sam Sarah
  Sofia Stefan Theo Thomas Tobias Victor William Yasmin Zoe`);
export const englishLast =
  list(`Adams Ahmed Baker Bauer Bennett Brooks Campbell Clarke Cooper Davies Dietrich Edwards Ellis Evans Fischer Foster Graham Green Hall
  Harris Hoffmann Hughes Jackson Kaur Keller Khan Knight Lewis Marshall Mason Meyer Morgan Murphy Murray Nowak Palmer Patel Price Reed Roberts Rossi Schmidt Shaw Singh Stern
  Stewart Sutton Taylor Turner Vogel Walker Ward Watson Weber White Wood Wright Young`);
export const chineseFamily = list(
  '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 欧阳',
);
export const chineseGiven = list(
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 建国 建华 志强 秀兰 海燕 晓东 晓明 文博 文静 子涵 雨桐 梓轩 浩然 欣怡 嘉怡 思远 诗涵 俊杰 宇航 佳琪 雅琴 国栋 立新 春梅 雪梅 振华 永康 家豪 婉清 若曦 天宇 书瑶 一鸣 德明 慧敏 玉兰 光明 凯旋 瑞琪',
);

export const englishTitles = lines(`Operations director
  Finance manager
  IT manager
  Office manager
  Managing director
  Procurement lead
  Site manager
  Facilities coordinator
  Receptionist
  Fleet manager`);
export const chineseTitles = list('总经理 运营总监 财务经理 信息主管 行政经理 采购经理 前台 车队队长 门店店长 办公室主任');

export const englishCompanies = lines(`Brook Street Clinic
  Alder Hotels
  Ashdown Logistics
  Bluegate Brewery
  Carlton Mills Textiles
  Dunmore Dairy
  Eastgate Dental
  Fernhill Schools Trust
  Granite Insurance Brokers
  Hollis & Payne Solicitors
  Ironbridge Tools
  Juniper Care Homes
  Kingsway Motors
  Lantern Books
  Meridian Marine
  Norddeich Spedition GmbH
  Oakfield Builders
  Pfeiffer Maschinenbau GmbH`);
export const chineseCompanies =
  list(`甬城口腔医院 宏泰建材有限公司 东湖酒店 明州纺织有限公司 海曙律师事务所 北仑港务服务有限公司 镇海精密机械有限公司 江北实验学校 鄞州农产品批发市场
  慈溪家电有限公司 余姚模具有限公司 象山海产有限公司 奉化旅行社 天一书店 和义门诊部 三江汽车销售有限公司 杭湾新材料有限公司 四明茶业有限公司 月湖文化传媒有限公司`);

/** Who looks after key accounts at the desk, while their manager is on the road. */
export const deskManagers = { en: 'agent-lena-hartmann', zh: 'agent-lin-wei' } as const;
export const deskDeputies = { en: 'agent-daniel-frost', zh: 'agent-qian-yifan' } as const;
export const managers = {
  en: list('Rupert_Lane Imogen_Hart Colin_Marsh').map((name) => name.replace('_', ' ')) as unknown as Names,
  zh: list('何峰 方雅 程立'),
} as const;
