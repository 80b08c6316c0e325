import type { keysEn } from './keys.en.ts';
import type { TextsLike } from './texts.ts';

export const keysZh: TextsLike<typeof keysEn> = {
  'action.call.dial': '拨打号码',
  'keys.title': '全部快捷键',
  'keys.note': '输入法组词期间，任何快捷键都不生效。',
  'keys.print': '打印',
  'keys.group.call': '通话',
  'keys.group.work': '工作',
  'keys.group.customer': '客户',
  'keys.group.screen': '界面与页面',
  'keys.group.inPlace': '局部快捷键',
  'keys.inPlace.choose': '在列表中选择：确认来电人、选择转接对象',
  'keys.inPlace.outcome': '焦点在小结时选择小结项',
  'keys.inPlace.reason': '在状态菜单中选择示忙原因',
  'keys.inPlace.supervise': '在监控面板中：监听、耳语、加入、接管',
  'keys.inPlace.move': '在列表中移动',
  'keys.inPlace.leave': '关闭当前打开的内容',
};
