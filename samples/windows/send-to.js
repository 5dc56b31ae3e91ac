// For Windows Script Host: makes the "Send to" entry of the present user, or takes it away. `install FOLDER`, where check.cmd lies, or `remove`.
var shell = new ActiveXObject('WScript.Shell');
var files = new ActiveXObject('Scripting.FileSystemObject');
var folder;
try {
  folder = shell.SpecialFolders('SendTo');
} catch (_error) {
  // Not every host knows the folder by name; it lies here unless it was moved.
}
if (!folder) folder = shell.ExpandEnvironmentStrings('%APPDATA%\\Microsoft\\Windows\\SendTo');
var place = files.BuildPath(folder, 'mimawari check.lnk');
var link;
var folderOfCheck;
if (WScript.Arguments(0) === 'install') {
  // A shortcut, not a script: so the console is started for check.cmd itself, which then trusts the names in its line.
  folderOfCheck = files.GetAbsolutePathName(WScript.Arguments(1));
  link = shell.CreateShortcut(place);
  link.TargetPath = files.BuildPath(folderOfCheck, 'check.cmd');
  link.WorkingDirectory = folderOfCheck;
  link.Description = 'mimawari check';
  link.Save();
} else if (files.FileExists(place)) {
  files.DeleteFile(place);
}
WScript.Echo(place);
