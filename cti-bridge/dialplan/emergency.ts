/**
 * Numbers that a telephone of the country must always reach. 112 and 911 are the ones that a telephone of any network knows; where they are
 * not the country's own they are sent as they are dialled, and the network passes them on.
 */
const ofCountry: Readonly<Record<string, readonly string[]>> = {
  CN: ['110', '119', '120', '122'],
  HK: ['999'],
  MO: ['999', '110', '119'],
  TW: ['110', '119', '113', '118'],
  US: ['911', '988'],
  CA: ['911', '988'],
  MX: ['911'],
  BR: ['190', '192', '193', '199'],
  AR: ['100', '101', '107'],
  GB: ['999'],
  IE: ['999'],
  DE: ['110', '116117'],
  FR: ['15', '17', '18', '114', '115', '119', '191', '196'],
  IT: ['113', '115', '118'],
  ES: ['061', '062', '080', '091', '092'],
  CH: ['117', '118', '144', '145', '1414'],
  AT: ['122', '133', '140', '144'],
  PL: ['997', '998', '999'],
  RU: ['101', '102', '103', '104'],
  UA: ['101', '102', '103', '104'],
  TR: ['110', '155', '156'],
  IN: ['100', '101', '102', '108'],
  JP: ['110', '118', '119', '171'],
  KR: ['112', '113', '119'],
  SG: ['995', '999'],
  MY: ['999'],
  TH: ['191', '199', '1669'],
  VN: ['113', '114', '115'],
  ID: ['110', '113', '118', '119'],
  PH: ['911', '117'],
  AU: ['000', '106'],
  NZ: ['111'],
  ZA: ['10111', '10177'],
  EG: ['122', '123', '180'],
  SA: ['911', '997', '998', '999'],
  AE: ['997', '998', '999'],
  IL: ['100', '101', '102'],
};
const everywhere = ['112', '911'];

/** `country` is ISO 3166 alpha-2. */
export function emergencyNumbers(country: string): ReadonlySet<string> {
  return new Set([...everywhere, ...(ofCountry[country] ?? [])]);
}
