/** Customers from files, and what leaves the house or is deleted. */
export const importEn = {
  'action.place.import': 'Import customers',
  'action.import.chooseFile': 'Choose a file to import',
  'action.import.check': 'Check the import',
  'action.import.start': 'Start the import',
  'rail.import': 'Import',
} as const;
