import type { recordingsEn } from './recordings.en.ts';
import type { TextsLike } from './texts.ts';

export const recordingsZh: TextsLike<typeof recordingsEn> = {
  'recording.call': '录音',
  'recording.message': '语音留言',
  'recording.play': '播放',
  'recording.pause': '暂停',
  'recording.position': '播放位置',
  'recording.faster': '播放速度',
  'recording.failed': '无法取得录音，请重试。',
  'recording.silence': '已静音',
  'recording.sides': '左声道为客户，右声道为客户听到的我方声音。',
  'recording.silent': '{{from}} 至 {{to}} 已静音。',
  'recording.silentFrom': '自 {{from}} 起已静音。',
  'recording.running': '录音中，已录 {{clock}}',
  'recording.notYours': '{{clock}}，您的角色无权收听',
  'action.message.callBack': '回拨',
  'voicemail.leftAt': '留言时间 {{time}}',
  'voicemail.noNumber': '对方未显示号码，无法回拨。',
  'voicemail.done': '处理完毕',
  'voicemail.title': '{{name}}的留言',
  'voicemail.line': '语音留言，无人在线',
  'voicemail.offer': '您有一条语音留言',
  'voicemail.offerText': '{{time}} 留言，时长 {{clock}}。对方不在线，请收听后回拨。',
};
