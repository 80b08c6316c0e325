import type { signInEn } from './sign-in.en.ts';
import type { TextsLike } from './texts.ts';

export const signInZh: TextsLike<typeof signInEn> = {
  'app.name': 'Crosspoint',

  'login.greeting.morning': '早上好',
  'login.greeting.afternoon': '下午好',
  'login.greeting.evening': '晚上好',
  'login.intro': '签入后开始当班。',
  'login.username': '工号或姓名',
  'login.password': '密码',
  'login.submit': '签入',
  'login.busy': '正在签入',
  'login.passwordNote': '密码不会保存。',
  'login.takeOver.title': '您已在另一台电脑签入',
  'login.takeOver.text': '同一时间只能由一个桌面接听您的来电。在此继续后，另一台将停止工作；进行中的通话会转到这里。',
  'login.takeOver.confirm': '在此继续',
  'login.takeOver.cancel': '保留原处',
  'login.replaced.title': '您已在别处签入',
  'login.replaced.text': '另一桌面已于 {{time}} 接管，本桌面已停止，不再接收任何来电。',

  'failure.login_failed': '工号或密码不正确，请核对后重试。',
  'failure.offline': '无法连接服务器，请检查网络后重试。',
  'failure.no_answer': '服务器未及时响应，请重试。',
  'failure.too_many_requests': '尝试次数过多，请一分钟后再试。',
  'failure.too_large': '数据量超出系统上限，一份配置最大 6 MB。',
  'failure.version_mismatch': '桌面版本过旧，请重新启动以更新。',
  'failure.session_ended': '登录已失效，请重新签入。',
  'failure.unauthorized': '登录已失效，请重新签入。',
  'failure.session_replaced': '另一桌面已接管，如需在此继续请重新签入。',
  'failure.forbidden': '您的角色无权进行此操作。',
  'failure.not_found': '该内容已不存在。',
  'failure.conflict': '情况已有变化，屏幕显示的是最新状态。',
  'failure.storage_unavailable': '服务器暂时无法保存，未作任何更改，请重试。',
  'failure.device_unreachable': '您的话机无法接通，正在自动重连。',
  'failure.bad_request': '服务器未接受此操作。',
  'failure.internal': '服务器出现故障，已记录。',

  'title.language': '语言',
  'language.system': '自动',
  'language.en': 'English',
  'language.zh': '中文',
};
