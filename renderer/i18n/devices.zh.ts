import type { devicesEn } from './devices.en.ts';
import type { TextsLike } from './texts.ts';

export const devicesZh: TextsLike<typeof devicesEn> = {
  'action.devices.open': '麦克风、扬声器与铃声',

  'devices.title': '声音',
  'devices.microphone': '麦克风',
  'devices.speaker': '扬声器',
  'devices.ringer': '铃声',
  'devices.usual': '由电脑选择',
  'devices.unnamed': '设备 {{number}}',
  'devices.gone': '{{name}} 未接入，接入后自动恢复使用。',
  'devices.level': '麦克风音量',
  'devices.volume.speaker': '扬声器音量',
  'devices.volume.ringer': '铃声音量',
  'devices.play': '试听',
  'devices.play.speaker': '在扬声器上试听',
  'devices.play.ringer': '在铃声设备上试听',
  'devices.remembered': '设置保存在本机，通话中也可更改。',

  'notice.soundDevice.gone': '{{name}} 已拔出',
  'notice.soundDevice.goneText': '声音已转到电脑默认设备。',
  'notice.soundDevice.back': '{{name}} 已接入',
  'notice.soundDevice.backText': '声音已恢复到该设备。',
};
