/** What the agent speaks into, hears from and is rung on. */
export const devicesEn = {
  'action.devices.open': 'Microphone, speaker, ringer',

  'devices.title': 'Sound',
  'devices.microphone': 'Microphone',
  'devices.speaker': 'Speaker',
  'devices.ringer': 'Ringer',
  'devices.usual': 'What the computer chooses',
  'devices.unnamed': 'Device {{number}}',
  'devices.gone': '{{name}} is not plugged in. Once it is back, it is used again.',
  'devices.level': 'How loud the microphone hears you',
  'devices.volume.speaker': 'Volume of the speaker',
  'devices.volume.ringer': 'Volume of the ringer',
  'devices.play': 'Play',
  'devices.play.speaker': 'Play a sound on the speaker',
  'devices.play.ringer': 'Play a sound on the ringer',
  'devices.remembered': 'Kept for this computer. You can change it in the middle of a call.',

  'notice.soundDevice.gone': '{{name}} was unplugged',
  'notice.soundDevice.goneText': 'The sound goes on through what the computer chooses.',
  'notice.soundDevice.back': '{{name}} is back',
  'notice.soundDevice.backText': 'The sound goes through it again.',
};
