/** The file of a company, the customers somebody looks after, and their handover. */
export const accountEn = {
  'action.place.account': 'Show the company',
  'action.place.my-customers': 'Show my customers',
  'action.account.planVisit': 'Plan a visit',
  'action.account.addAnniversary': 'Add a day to remember',
  'action.account.addGift': 'Note a gift',
  'action.customers.handOver': 'Hand over customers',
  'rail.company': 'Company',
  'rail.my-customers': 'My customers',
} as const;
