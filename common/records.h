/*
 * records: the headers of the records that pass between the filters (xxgk-records(5)), as the first that writes them
 * does.
 */
#ifndef RECORDS_H
#define RECORDS_H

#define PIECES_COLUMNS "kind,source,line,table,row,col,rows,cols,grid,text"
#define VALUES_COLUMNS PIECES_COLUMNS ",value,unit,state" /* pieces after normalize */
#define FACTS_COLUMNS                                                                              \
	"region,body_kind,body,year,level,scope,form,indicator,column,value,unit,state,origin,role,period,grid,match,"          \
	"source,table,row,col,line,label"
#define FINDINGS_COLUMNS                                                                           \
	"region,body_kind,body,year,form,check,severity,indicator,column,left,right,delta,source,table,row,col,line,message,repair"

#endif
