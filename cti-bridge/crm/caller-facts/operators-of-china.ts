import type { RegionName } from './regions-of-china.ts';

/**
 * Whose range a Chinese mobile number is from; null for what is no mobile. A customer may have taken the number along to another operator:
 * then this is where it came from. Resellers rent ranges of the three.
 */
export function operatorOfChina(national: string): RegionName | null {
  if (!/^1[3-9]\d{9}$/.test(national)) return null;
  return operators.get(national.slice(0, 4)) ?? operators.get(national.slice(0, 3)) ?? null;
}

const chinaMobile = { en: 'China Mobile', zh: '中国移动' };
const chinaUnicom = { en: 'China Unicom', zh: '中国联通' };
const chinaTelecom = { en: 'China Telecom', zh: '中国电信' };
const chinaBroadnet = { en: 'China Broadnet', zh: '中国广电' };
const reseller = ({ en, zh }: RegionName): RegionName => ({ en: `Reseller of ${en}`, zh: `虚拟运营商（${zh}）` });

/** A range of four digits goes before the one of three that holds it. */
const ranges: readonly (readonly [RegionName, string])[] = [
  [chinaMobile, '134 135 136 137 138 139 147 148 150 151 152 157 158 159 172 178 182 183 184 187 188 195 197 198 1440'],
  [chinaUnicom, '130 131 132 145 146 155 156 166 175 176 185 186 196'],
  [chinaTelecom, '133 1349 149 153 173 1740 177 180 181 189 190 191 193 199 1410'],
  [chinaBroadnet, '192'],
  [reseller(chinaMobile), '165 1703 1705 1706'],
  [reseller(chinaUnicom), '167 171 1704 1707 1708 1709'],
  [reseller(chinaTelecom), '162 1700 1701 1702'],
];

const operators: ReadonlyMap<string, RegionName> = new Map(
  ranges.flatMap(([operator, prefixes]) => prefixes.split(' ').map((prefix) => [prefix, operator] as const)),
);
