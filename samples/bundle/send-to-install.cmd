@echo off
rem Installs the entry of Explorer's "Send to" menu for the present user alone; no administrator's rights are needed.
cscript //nologo //E:JScript "%~dp0app\bin\send-to.js" install
pause
