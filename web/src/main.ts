import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/App.vue';
import { useCity } from './app/city';
import { i18n, startLanguage } from './app/i18n';
import { router } from './app/router';
import './app/base.css';

const app = createApp(App).use(createPinia()).use(i18n);
await Promise.all([startLanguage(), useCity().load()]);
app.use(router).mount('#app');
