/** The same for a name with or without diacritics, in any case and spacing: `Tomasz  Zieliński` and `tomasz zielinski`. */
export function nameKey(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/Ł/g, 'L').toLowerCase().replace(/\s+/g, ' ').trim();
}
