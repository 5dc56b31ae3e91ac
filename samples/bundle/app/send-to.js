// For Windows Script Host: makes the "Send to" entry of the present user, or takes it away.
var shell = new ActiveXObject('WScript.Shell');
var files = new ActiveXObject('Scripting.FileSystemObject');
var bundle = files.GetParentFolderName(files.GetParentFolderName(files.GetParentFolderName(WScript.ScriptFullName)));
var folder;
try {
  folder = shell.SpecialFolders('SendTo');
} catch (_error) {
  // Not every host knows the folder by name; it lies here unless it was moved.
}
if (!folder) folder = shell.ExpandEnvironmentStrings('%APPDATA%\\Microsoft\\Windows\\SendTo');
var place = files.BuildPath(folder, 'mimawari check.lnk');
var link;
if (WScript.Arguments(0) === 'install') {
  link = shell.CreateShortcut(place);
  link.TargetPath = files.BuildPath(bundle, 'check.cmd');
  link.WorkingDirectory = bundle;
  link.Description = 'mimawari check';
  link.Save();
} else if (files.FileExists(place)) {
  files.DeleteFile(place);
}
WScript.Echo(place);
