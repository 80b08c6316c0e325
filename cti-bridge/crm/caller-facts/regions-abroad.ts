import type { RegionName } from './regions-of-china.ts';

/** City of a British or German line, state or province of a North American number; null where the table does not know. */
export function regionAbroad(country: string, national: string): RegionName | null {
  const codes = tables[country];
  if (!codes) return null;
  for (let length = Math.min(4, national.length); length >= 2; length--) {
    const found = codes.get(national.slice(0, length));
    if (found) return found;
  }
  return null;
}

/** A line each: codes, then the English and the Chinese name. */
function table(text: string): ReadonlyMap<string, RegionName> {
  return new Map(
    text
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [codes = '', en = '', zh = ''] = line.split('|');
        return codes.split(' ').map((code) => [code, { en, zh }] as const);
      }),
  );
}

const northAmerica = table(`
205 251 256 334 659 938|Alabama|亚拉巴马州
907|Alaska|阿拉斯加州
480 520 602 623 928|Arizona|亚利桑那州
479 501 870|Arkansas|阿肯色州
209 213 279 310 323 341 350 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 820 831 840 858 909 916 925 949 951|California|加利福尼亚州
303 719 720 970 983|Colorado|科罗拉多州
203 475 860 959|Connecticut|康涅狄格州
302|Delaware|特拉华州
202 771|Washington, D.C.|华盛顿特区
239 305 321 352 386 407 448 561 645 656 689 727 754 772 786 813 850 863 904 941 954|Florida|佛罗里达州
229 404 470 478 678 706 762 770 912 943|Georgia|佐治亚州
808|Hawaii|夏威夷州
208 986|Idaho|爱达荷州
217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872|Illinois|伊利诺伊州
219 260 317 463 574 765 812 930|Indiana|印第安纳州
319 515 563 641 712|Iowa|艾奥瓦州
316 620 785 913|Kansas|堪萨斯州
270 364 502 606 859|Kentucky|肯塔基州
225 318 337 504 985|Louisiana|路易斯安那州
207|Maine|缅因州
227 240 301 410 443 667|Maryland|马里兰州
339 351 413 508 617 774 781 857 978|Massachusetts|马萨诸塞州
231 248 269 313 517 586 616 679 734 810 906 947 989|Michigan|密歇根州
218 320 507 612 651 763 952|Minnesota|明尼苏达州
228 601 662 769|Mississippi|密西西比州
314 417 557 573 636 660 816 975|Missouri|密苏里州
406|Montana|蒙大拿州
308 402 531|Nebraska|内布拉斯加州
702 725 775|Nevada|内华达州
603|New Hampshire|新罕布什尔州
201 551 609 640 732 848 856 862 908 973|New Jersey|新泽西州
505 575|New Mexico|新墨西哥州
212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934|New York|纽约州
252 336 472 704 743 828 910 919 980 984|North Carolina|北卡罗来纳州
701|North Dakota|北达科他州
216 220 234 283 326 330 380 419 436 440 513 567 614 740 937|Ohio|俄亥俄州
405 539 572 580 918|Oklahoma|俄克拉何马州
458 503 541 971|Oregon|俄勒冈州
215 223 267 272 412 445 484 570 582 610 717 724 814 835 878|Pennsylvania|宾夕法尼亚州
401|Rhode Island|罗得岛州
803 821 839 843 854 864|South Carolina|南卡罗来纳州
605|South Dakota|南达科他州
423 615 629 731 865 901 931|Tennessee|田纳西州
210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979|Texas|得克萨斯州
385 435 801|Utah|犹他州
802|Vermont|佛蒙特州
276 434 540 571 686 703 757 804 826 948|Virginia|弗吉尼亚州
206 253 360 425 509 564|Washington|华盛顿州
304 681|West Virginia|西弗吉尼亚州
262 274 353 414 534 608 715 920|Wisconsin|威斯康星州
307|Wyoming|怀俄明州
368 403 587 780 825|Alberta|艾伯塔省
236 250 257 604 672 778|British Columbia|不列颠哥伦比亚省
204 431 584|Manitoba|马尼托巴省
428 506|New Brunswick|新不伦瑞克省
709 879|Newfoundland and Labrador|纽芬兰与拉布拉多省
782 902|Nova Scotia|新斯科舍省
226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942|Ontario|安大略省
263 354 367 418 438 450 468 514 579 581 819 873|Quebec|魁北克省
306 474 639|Saskatchewan|萨斯喀彻温省
867|Northern Canada|加拿大北部地区`);

const tables: Readonly<Record<string, ReadonlyMap<string, RegionName>>> = {
  US: northAmerica,
  CA: northAmerica,
  GB: table(`
20|London|伦敦
121|Birmingham|伯明翰
131|Edinburgh|爱丁堡
141|Glasgow|格拉斯哥
151|Liverpool|利物浦
161|Manchester|曼彻斯特
113|Leeds|利兹
114|Sheffield|谢菲尔德
115|Nottingham|诺丁汉
116|Leicester|莱斯特
117|Bristol|布里斯托尔
118|Reading|雷丁
191|Newcastle|纽卡斯尔
23|Southampton and Portsmouth|南安普敦和朴次茅斯
24|Coventry|考文垂
28|Northern Ireland|北爱尔兰
29|Cardiff|加的夫
1223|Cambridge|剑桥
1865|Oxford|牛津
1224|Aberdeen|阿伯丁
1382|Dundee|邓迪
1273|Brighton|布赖顿
1792|Swansea|斯旺西
1904|York|约克
1482|Hull|赫尔
1752|Plymouth|普利茅斯
1392|Exeter|埃克塞特`),
  DE: table(`
30|Berlin|柏林
40|Hamburg|汉堡
89|Munich|慕尼黑
69|Frankfurt|法兰克福
221|Cologne|科隆
211|Düsseldorf|杜塞尔多夫
711|Stuttgart|斯图加特
351|Dresden|德累斯顿
341|Leipzig|莱比锡
511|Hanover|汉诺威
421|Bremen|不来梅
911|Nuremberg|纽伦堡
201|Essen|埃森
231|Dortmund|多特蒙德
203|Duisburg|杜伊斯堡
228|Bonn|波恩
621|Mannheim|曼海姆
721|Karlsruhe|卡尔斯鲁厄
821|Augsburg|奥格斯堡
611|Wiesbaden|威斯巴登
6131|Mainz|美因茨
431|Kiel|基尔
391|Magdeburg|马格德堡
361|Erfurt|埃尔福特
381|Rostock|罗斯托克
681|Saarbrücken|萨尔布吕肯
761|Freiburg|弗赖堡
6221|Heidelberg|海德堡
251|Münster|明斯特
521|Bielefeld|比勒费尔德
241|Aachen|亚琛`),
};
