@echo off
rem Adds "mimawari-check" to the menu "Send to" of the user who runs this, without any right of an administrator. remove-sendto.cmd takes it away.
setlocal EnableExtensions DisableDelayedExpansion
set "MENU=%APPDATA%\Microsoft\Windows\SendTo"
if not exist "%MENU%\" (
  echo There is no folder %MENU%
  exit /b 2
)
rem No names are handed on here: check.cmd takes them from the line of the console, as Explorer wrote it.
> "%MENU%\mimawari-check.cmd" echo @"%~dp0check.cmd"
if errorlevel 1 exit /b 2
echo Ready: right-click a file or folder, "Send to", "mimawari-check".
if not defined MIMAWARI_STAY pause
