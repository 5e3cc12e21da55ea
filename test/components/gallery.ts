/**
 * Shows one state of the panel on a bare page, for looking at: `?view=running&theme=dark&page=report`.
 * `node test/components/screenshots.mjs` takes a picture of each.
 */
import '../../src/components/pacs-migration-panel.js';
import type {PacsMigrationPanel, PanelPage} from '../../src/components/pacs-migration-panel.js';
import type {GuideTokens} from '../../src/components/guide-tokens.js';
import {FakeController} from './fake-controller.js';
import {REPORT_OUTCOMES, REPORT_ROWS, VIEWS, type ViewName} from './sample-views.js';
import {setTheme, type Theme} from './themes.js';

const query = new URLSearchParams(location.search);
setTheme((query.get('theme') ?? 'dark') as Theme);
const controller = new FakeController(VIEWS[(query.get('view') ?? 'running') as ViewName]);
controller.rows = REPORT_ROWS;
controller.outcomes = REPORT_OUTCOMES;

const panel: PacsMigrationPanel = document.createElement('pacs-migration-panel');
panel.controller = controller;
panel.page = (query.get('page') ?? 'panel') as PanelPage;
panel.loadGuide = async () => (await (await fetch('/guide.json')).json()) as GuideTokens;
document.body.append(panel);
