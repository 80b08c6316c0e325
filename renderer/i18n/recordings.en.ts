/** What was recorded, and hearing it. */
export const recordingsEn = {
  'recording.call': 'Recording',
  'recording.message': 'Voicemail',
  'recording.play': 'Play',
  'recording.pause': 'Pause',
  'recording.position': 'Position',
  'recording.faster': 'Speed',
  'recording.failed': 'The sound could not be had. Try again.',
  'recording.silence': 'Silenced',
  'recording.sides': 'Left is the customer, right is what they heard from us.',
  'recording.silent': 'Silenced from {{from}} to {{to}}.',
  'recording.silentFrom': 'Silenced from {{from}} on.',
  'recording.running': 'being recorded',
  'recording.notYours': '{{clock}}, not for your role to hear',
} as const;
