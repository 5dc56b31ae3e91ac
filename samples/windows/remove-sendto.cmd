@echo off
rem Removes the entry "mimawari check" of the menu "Send to" for the user who runs this, without any right of an administrator.
rem The engine is named because another program may have taken over the ending .js; a host that can't be told goes by the ending.
setlocal DisableDelayedExpansion
cscript //nologo //E:JScript "%~dp0send-to.js" remove "%~dp0."
if errorlevel 1 cscript //nologo "%~dp0send-to.js" remove "%~dp0."
if not defined MIMAWARI_STAY pause
