import { textReading } from '../names/pinyin.ts';

/** A name for the eye in both languages. */
export interface RegionName {
  readonly en: string;
  readonly zh: string;
}

/** Province and city of a Chinese number, by its area code; null for what has none (mobiles, 400 numbers). `national` is without `+86`. */
export function regionOfChina(national: string): RegionName | null {
  const code = areaCode.exec(national)?.[0];
  const place = code === undefined ? undefined : places.get(code);
  if (!place) return null;
  const { province, city } = place;
  const provinceName = provinces[province] ?? province;
  if (city === province) return { zh: province, en: provinceName };
  return { zh: `${province} ${city}`, en: `${latin(city)}, ${provinceName}` };
}

/** Two digits for the largest cities, three for the others; 1 other than 10 is a mobile or a service. */
const areaCode = /^(?:10|2\d|[3-9]\d\d)/;

/** A city's name in pinyin, with the apostrophe before a vowel (Xi'an); names that are not Chinese by origin as the world knows them. */
function latin(city: string): string {
  const known = otherNames[city];
  if (known) return known;
  const written = textReading(city)
    .map((syllable, at) => (at > 0 && /^[aoe]/.test(syllable) ? `'${syllable}` : syllable))
    .join('')
    .replaceAll('v', 'ü');
  return written.charAt(0).toUpperCase() + written.slice(1);
}

const provinces: Readonly<Record<string, string>> = {
  ...{ 北京: 'Beijing', 天津: 'Tianjin', 上海: 'Shanghai', 重庆: 'Chongqing', 河北: 'Hebei', 山西: 'Shanxi', 内蒙古: 'Inner Mongolia' },
  ...{ 辽宁: 'Liaoning', 吉林: 'Jilin', 黑龙江: 'Heilongjiang', 江苏: 'Jiangsu', 浙江: 'Zhejiang', 安徽: 'Anhui', 福建: 'Fujian' },
  ...{ 江西: 'Jiangxi', 山东: 'Shandong', 河南: 'Henan', 湖北: 'Hubei', 湖南: 'Hunan', 广东: 'Guangdong', 广西: 'Guangxi', 海南: 'Hainan' },
  ...{
    四川: 'Sichuan',
    贵州: 'Guizhou',
    云南: 'Yunnan',
    西藏: 'Tibet',
    陕西: 'Shaanxi',
    甘肃: 'Gansu',
    青海: 'Qinghai',
    宁夏: 'Ningxia',
    新疆: 'Xinjiang',
  },
};

const otherNames: Readonly<Record<string, string>> = {
  ...{ 呼和浩特: 'Hohhot', 鄂尔多斯: 'Ordos', 呼伦贝尔: 'Hulunbuir', 巴彦淖尔: 'Bayannur', 乌兰察布: 'Ulanqab', 锡林郭勒: 'Xilingol' },
  ...{ 阿拉善: 'Alxa', 兴安盟: 'Hinggan', 哈尔滨: 'Harbin', 齐齐哈尔: 'Qiqihar', 拉萨: 'Lhasa', 日喀则: 'Shigatse', 林芝: 'Nyingchi' },
  ...{ 昌都: 'Chamdo', 那曲: 'Nagqu', 阿里: 'Ngari', 阿坝: 'Aba', 甘孜: 'Garzê', 迪庆: 'Dêqên', 乌鲁木齐: 'Urumqi', 克拉玛依: 'Karamay' },
  ...{ 吐鲁番: 'Turpan', 博尔塔拉: 'Bortala', 巴音郭楞: 'Bayingolin', 阿克苏: 'Aksu', 克孜勒苏: 'Kizilsu', 喀什: 'Kashgar', 和田: 'Hotan' },
  ...{
    伊犁: 'Ili',
    阿勒泰: 'Altay',
    奎屯: 'Kuytun',
    果洛: 'Golog',
    六安: "Lu'an",
    厦门: 'Xiamen',
    蚌埠: 'Bengbu',
    东莞: 'Dongguan',
    台州: 'Taizhou',
  },
};

/** Codes that several cities share name the largest. */
const table = `
北京 10北京
天津 22天津
上海 21上海
重庆 23重庆
河北 311石家庄 315唐山 335秦皇岛 310邯郸 319邢台 312保定 313张家口 314承德 317沧州 316廊坊 318衡水
山西 351太原 352大同 353阳泉 355长治 356晋城 349朔州 354晋中 359运城 350忻州 357临汾 358吕梁
内蒙古 471呼和浩特 472包头 473乌海 476赤峰 475通辽 477鄂尔多斯 470呼伦贝尔 478巴彦淖尔 474乌兰察布 482兴安盟 479锡林郭勒 483阿拉善
辽宁 24沈阳 411大连 412鞍山 413抚顺 414本溪 415丹东 416锦州 417营口 418阜新 419辽阳 427盘锦 410铁岭 421朝阳 429葫芦岛
吉林 431长春 432吉林 434四平 437辽源 435通化 439白山 438松原 436白城 433延边
黑龙江 451哈尔滨 452齐齐哈尔 467鸡西 468鹤岗 469双鸭山 459大庆 458伊春 454佳木斯 464七台河 453牡丹江 456黑河 455绥化 457大兴安岭
江苏 25南京 510无锡 516徐州 519常州 512苏州 513南通 518连云港 517淮安 515盐城 514扬州 511镇江 523泰州 527宿迁
浙江 571杭州 574宁波 577温州 573嘉兴 572湖州 575绍兴 579金华 570衢州 580舟山 576台州 578丽水
安徽 551合肥 553芜湖 552蚌埠 554淮南 555马鞍山 561淮北 562铜陵 556安庆 559黄山 550滁州 558阜阳 557宿州 564六安 566池州 563宣城
福建 591福州 592厦门 594莆田 598三明 595泉州 596漳州 599南平 597龙岩 593宁德
江西 791南昌 798景德镇 799萍乡 792九江 790新余 701鹰潭 797赣州 796吉安 795宜春 794抚州 793上饶
山东 531济南 532青岛 533淄博 632枣庄 546东营 535烟台 536潍坊 537济宁 538泰安 631威海 633日照 634莱芜 539临沂 534德州 635聊城 543滨州 530菏泽
河南 371郑州 378开封 379洛阳 375平顶山 372安阳 392鹤壁 373新乡 391焦作 393濮阳 374许昌 395漯河 398三门峡 377南阳 370商丘 376信阳 394周口 396驻马店
湖北 27武汉 714黄石 719十堰 717宜昌 710襄阳 711鄂州 724荆门 712孝感 716荆州 713黄冈 715咸宁 722随州 718恩施 728仙桃
湖南 731长沙 734衡阳 739邵阳 730岳阳 736常德 744张家界 737益阳 735郴州 746永州 745怀化 738娄底 743湘西
广东 20广州 755深圳 756珠海 754汕头 751韶关 757佛山 750江门 759湛江 668茂名 758肇庆 752惠州 753梅州 660汕尾 762河源 662阳江 763清远 769东莞 760中山 768潮州 663揭阳 766云浮
广西 771南宁 772柳州 773桂林 774梧州 779北海 770防城港 777钦州 775玉林 776百色 778河池
海南 898海口
四川 28成都 813自贡 812攀枝花 830泸州 838德阳 816绵阳 839广元 825遂宁 832内江 833乐山 817南充 831宜宾 826广安 818达州 835雅安 827巴中 837阿坝 836甘孜 834凉山
贵州 851贵阳 858六盘水 857毕节 856铜仁 859黔西南 855黔东南 854黔南
云南 871昆明 874曲靖 877玉溪 875保山 870昭通 888丽江 879普洱 883临沧 878楚雄 873红河 876文山 691西双版纳 872大理 692德宏 886怒江 887迪庆
西藏 891拉萨 892日喀则 893山南 894林芝 895昌都 896那曲 897阿里
陕西 29西安 919铜川 917宝鸡 913渭南 911延安 916汉中 912榆林 915安康 914商洛
甘肃 931兰州 937酒泉 935武威 943白银 938天水 936张掖 933平凉 934庆阳 932定西 939陇南 930临夏 941甘南
青海 971西宁 972海东 970海北 973黄南 974共和 975果洛 976玉树 977海西
宁夏 951银川 952石嘴山 953吴忠 954固原 955中卫
新疆 991乌鲁木齐 990克拉玛依 995吐鲁番 902哈密 994昌吉 909博尔塔拉 996巴音郭楞 997阿克苏 908克孜勒苏 998喀什 903和田 999伊犁 901塔城 906阿勒泰 993石河子 992奎屯`;

const places: ReadonlyMap<string, { readonly province: string; readonly city: string }> = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [province = '', ...cities] = line.split(' ');
      return cities.map((each) => [each.replace(/\D/g, ''), { province, city: each.replace(/\d/g, '') }] as const);
    }),
);
