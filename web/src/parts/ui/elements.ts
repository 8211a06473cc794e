// The few large inputs that come from Element Plus, each with its own style, in the desk's chunk only.
import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/el-option.css';
import 'element-plus/theme-chalk/el-popper.css';
import 'element-plus/theme-chalk/el-scrollbar.css';
import 'element-plus/theme-chalk/el-select.css';
import 'element-plus/theme-chalk/el-tag.css';

import './elements.css';

export { ElConfigProvider } from 'element-plus/es/components/config-provider/index';
export { ElOption, ElSelect } from 'element-plus/es/components/select/index';
