/** The sheet of keys. */
export const keysEn = {
  'action.call.dial': 'Call a number',
  'keys.title': 'All keys',
  'keys.note': 'No key acts while an input method is composing text.',
  'keys.print': 'Print',
  'keys.group.call': 'Call',
  'keys.group.work': 'Work',
  'keys.group.customer': 'Customer',
  'keys.group.screen': 'Screen and places',
  'keys.group.inPlace': 'In its place',
  'keys.inPlace.choose': 'Choose in a list: who it is, whom to ask',
  'keys.inPlace.outcome': 'Choose an outcome, while the outcomes have the keyboard',
  'keys.inPlace.reason': 'Choose why you are not ready, in the menu of states',
  'keys.inPlace.supervise': 'Listen, whisper, join, take over, in the panel of the call',
  'keys.inPlace.move': 'Move within a list',
  'keys.inPlace.leave': 'Close what is open',
};
