// Every address of the app. Pages are lazy: a resident's phone never loads the desk.
import { createRouter, createWebHistory } from 'vue-router';
import { useSession } from './session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Needs a session. */
    staff?: boolean;
    /** Key of the page's title. */
    title: string;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path && to.query['step'] === from.query['step'] ? false : { top: 0 }),
  routes: [
    {
      path: '/',
      component: () => import('./ResidentShell.vue'),
      children: [
        { path: '', name: 'report', component: () => import('@/governance/report/ReportPage.vue'), meta: { title: 'report.title' } },
        { path: 'find', alias: 'r', name: 'find', component: () => import('@/governance/follow/FindPage.vue'), meta: { title: 'find.title' } },
        { path: 'r/:reference', name: 'follow', component: () => import('@/governance/follow/FollowPage.vue'), meta: { title: 'follow.title' } },
      ],
    },
    {
      path: '/desk/sign-in',
      name: 'sign-in',
      component: () => import('@/governance/session/SignInPage.vue'),
      meta: { title: 'session.title' },
    },
    {
      path: '/desk',
      component: () => import('./DeskShell.vue'),
      meta: { staff: true, title: 'cases.title' },
      children: [
        { path: '', name: 'cases', component: () => import('@/governance/cases/CasesPage.vue'), meta: { staff: true, title: 'cases.title' } },
        { path: 'case/:id', name: 'case', component: () => import('@/governance/case/CasePage.vue'), meta: { staff: true, title: 'case.title' } },
        { path: 'report', name: 'staff-report', component: () => import('@/governance/case/NewCasePage.vue'), meta: { staff: true, title: 'intake.title' } },
        { path: 'calls', name: 'calls', component: () => import('@/governance/calls/CallsPage.vue'), meta: { staff: true, title: 'calls.title' } },
      ],
    },
    {
      path: '/:rest(.*)*',
      component: () => import('./ResidentShell.vue'),
      children: [{ path: '', name: 'missing', component: () => import('./MissingPage.vue'), meta: { title: 'missing.title' } }],
    },
  ],
});

router.beforeEach(async (to) => {
  if (to.meta.staff !== true) return true;
  const session = await useSession().find().catch(() => null);
  if (session === null || session.must_change_password) return { name: 'sign-in', query: { next: to.fullPath } };
  return true;
});
