import type { Option } from '../fields.tsx';

const zones: readonly Option[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => ({
  value: name,
  label: name.replaceAll('_', ' '),
}));

/** The zones this computer knows; one the configuration has besides is kept by the field itself. */
export function useTimeZones(): readonly Option[] {
  return zones;
}
