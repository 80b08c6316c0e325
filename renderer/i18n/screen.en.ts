/** The frame of the screen: its panes, and what it says to who does not see or hear it. */
export const screenEn = {
  'panes.work': 'Width of the work list',
  'panes.customer': 'Width of the customer',
  'offer.alert.key': '{{key}} answers',
  'offer.alert.between': '. ',
  'title.flash': 'While it rings',
  'title.flash.off': 'No flashing',
  'title.flash.on': 'Flash the window’s border',
} as const;
