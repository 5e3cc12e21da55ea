/** A small extension that uses all of the contract, and writes down in which order it was taken back. */
export const log = [];
let console_ = null;
let item = null;

/** What the tests look at and reach into. */
export const probe = {
  get api() {
    return console_;
  },
  get item() {
    return item;
  },
};

export function activate(context) {
  log.push(`activate ${context.extensionUri}`);
  console_ = context.console;
  const {commands, views, window} = context.console;
  context.subscriptions.push(
    {dispose: () => log.push('dispose first')},
    commands.registerCommand('good.open', () => views.show('good.view')),
    commands.registerCommand('good.count', (...args) => args.length),
    commands.registerCommand('good.fail', () => {
      throw new Error('meant to fail');
    }),
    views.registerView('good.view', {
      resolveView(element) {
        log.push('view opened');
        const button = element.ownerDocument.createElement('button');
        button.textContent = 'Inside the view';
        element.append(button);
        return {
          dispose() {
            log.push('view closed');
            button.remove();
          },
        };
      },
    }),
    {dispose: () => log.push('dispose last')},
  );
  // Left out of the subscriptions on purpose: the console must take it back all the same.
  item = window.createStatusBarItem('good.status');
  item.text = 'Good 40 % · 2 min left';
  item.icon = 'sync';
  item.progress = 0.4;
  item.menu = [
    {title: 'Show Good Tool', command: 'good.open', checked: true},
    'separator',
    {title: 'Count', command: 'good.count'},
  ];
  item.show();
}

export function deactivate() {
  log.push('deactivate');
}
